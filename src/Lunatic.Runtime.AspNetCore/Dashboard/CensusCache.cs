using Lunatic.Runtime.Inspection;

namespace Lunatic.Runtime.AspNetCore.Dashboard;

/// <summary>Counts processes when somebody looks, and not so often that it would take more than a hundredth of a processor's time, however many there are.</summary>
internal sealed class CensusCache(LunaticRuntime runtime, TimeProvider time)
{
    private const int MaxShare = 100;

    private readonly Lock _lock = new();
    private ProcessCensus? _census;
    private long _countedAt;
    private TimeSpan _validFor;

    internal ProcessCensus Get()
    {
        lock (_lock)
        {
            if (_census is not null && time.GetElapsedTime(_countedAt) < _validFor)
                return _census;
            long begun = time.GetTimestamp();
            _census = runtime.CountProcesses();
            _countedAt = time.GetTimestamp();
            _validFor = MaxShare * time.GetElapsedTime(begun, _countedAt);
            return _census;
        }
    }
}
