using System.Runtime.CompilerServices;
using Lunatic.Benchmarks.Framework;

namespace Lunatic.Benchmarks.HostCalls;

/// <summary>The measure of host calls: a static C# method that takes an object and a number, called through a pointer.</summary>
internal static unsafe class StaticCall
{
    private const int Rounds = 400_000;

    /// <summary>Nanoseconds per call, without the loop around.</summary>
    public static double Nanoseconds(int callsPerRound, int samples)
    {
        object state = new();
        double[] times = new double[samples];
        for (int i = -20; i < samples; i++)
        {
            TimeSpan difference = Sampling.Time(rounds => Call(&Take, state, rounds, callsPerRound), Rounds) - Sampling.Time(rounds => Call(&Take, state, rounds, 0), Rounds);
            if (i >= 0)
                times[i] = difference.TotalNanoseconds / Rounds / callsPerRound;
        }
        return Sampling.Median(times);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long Take(object state, long value) => value;

    private static void Call(delegate*<object, long, long> function, object state, int rounds, int callsPerRound)
    {
        for (int i = 0; i < rounds; i++)
        {
            for (int k = 0; k < callsPerRound; k += 4)
            {
                function(state, 3);
                function(state, 3);
                function(state, 3);
                function(state, 3);
            }
        }
    }
}
