using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;
using Lunatic.Runtime.HostApi.Metrics;

namespace Lunatic.Runtime.Tests.Guests;

/// <summary>A runtime with one environment, in which a test runs guests, collects what they report, and sees at the end that nothing is left behind.</summary>
internal sealed class GuestHost : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<long> _reports = new();
    private readonly SemaphoreSlim _reported = new(0);
    private readonly MeterListener _listener = new();

    public GuestHost(EnvironmentOptions? options = null, int workers = 2, HostFunctionCollection? hostFunctions = null, ExecutionMode mode = ExecutionMode.Tiered)
    {
        Runtime = new LunaticRuntime(new LunaticRuntimeOptions { Workers = workers, HostFunctions = hostFunctions ?? new HostFunctionCollection(), ExecutionMode = mode });
        options ??= new EnvironmentOptions();
        options.StandardInput ??= Stream.Null;
        options.StandardOutput ??= Output;
        options.StandardError ??= Stream.Null;
        Environment = Runtime.CreateEnvironment(options);
        // this runtime's own instruments only: fixtures may run side by side
        GuestMetrics metrics = Runtime.HostServices.Metrics;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, metrics.Meter) && instrument.Name == GuestModule.ReportCounter)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, value, _, _) =>
        {
            _reports.Enqueue(value);
            _reported.Release();
        });
        _listener.Start();
    }

    public LunaticRuntime Runtime { get; }

    public LunaticEnvironment Environment { get; }

    public MemoryStream Output { get; } = new();

    /// <summary>What the guests reported so far, in order.</summary>
    public long[] Reports => [.. _reports];

    /// <summary>Runs the function "main" of a guest to its end.</summary>
    public static async Task<(ExitReason Exit, long[] Reports)> RunAsync(string fields, EnvironmentOptions? options = null, ExecutionMode mode = ExecutionMode.Tiered)
    {
        await using var host = new GuestHost(options, mode: mode);
        ExitReason exit = await host.RunMainAsync(fields);
        return (exit, host.Reports);
    }

    public async Task<ExitReason> RunMainAsync(string fields) => await WaitForEndAsync(await SpawnAsync(fields));

    public async Task<LunaticProcess> SpawnAsync(string fields, string function = "main")
    {
        LunaticModule module = await CompileAsync(GuestModule.Write(fields));
        return await Environment.SpawnAsync(module, function).WaitAsync(Patience);
    }

    public Task<LunaticModule> CompileAsync(string text) => Runtime.CompileAsync(Encoding.UTF8.GetBytes(text)).WaitAsync(Patience);

    public static async Task<ExitReason> WaitForEndAsync(LunaticProcess process)
    {
        try
        {
            return await process.Completion.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            throw new AssertionException($"{process} has not ended within {Patience}");
        }
    }

    /// <summary>Waits until the guests have reported a number of values.</summary>
    public async Task<long[]> WaitForReportsAsync(int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (!await _reported.WaitAsync(Patience))
                throw new AssertionException($"only {_reports.Count} of {count} reports within {Patience}: {string.Join(", ", _reports)}");
        }
        return Reports;
    }

    /// <summary>Disposes of an environment and counts what its processes held.</summary>
    public static async Task AssertNothingLeftAsync(LunaticRuntime runtime, LunaticEnvironment environment)
    {
        await environment.DisposeAsync();
        // what was sent last is on its way
        await runtime.HostServices.Network.DrainAsync().WaitAsync(Patience);
        Assert.That(environment.ProcessCount, Is.Zero, "processes left behind");
        Assert.That(environment.Registry.Count, Is.Zero, "names left behind");
        if (runtime.ProcessCount == 0)
            Assert.That(Holdings.Of(environment), Is.EqualTo(default(Holdings)), "left behind");
    }

    public async ValueTask DisposeAsync()
    {
        await AssertNothingLeftAsync(Runtime, Environment);
        await Runtime.DisposeAsync();
        _listener.Dispose();
        _reported.Dispose();
    }
}
