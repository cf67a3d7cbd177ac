namespace Lunatic.Runtime.Wasi.Types;

/// <summary>Clocks (<c>$clockid</c>).</summary>
internal enum ClockId : uint
{
    /// <summary>Time since 1970.</summary>
    Realtime = 0,
    /// <summary>Time that never goes back.</summary>
    Monotonic = 1,
    /// <summary>CPU time of the process; not supported.</summary>
    ProcessCpuTime = 2,
    /// <summary>CPU time of the thread; not supported.</summary>
    ThreadCpuTime = 3,
}
