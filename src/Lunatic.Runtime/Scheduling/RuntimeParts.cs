using System.Security.Cryptography;
using Lunatic.Wasm;

namespace Lunatic.Runtime.Scheduling;

/// <summary>What a runtime is made with that tests replace.</summary>
internal sealed class RuntimeParts
{
    /// <summary>Makes the scheduler.</summary>
    internal Func<LunaticRuntime, Scheduler> CreateScheduler { get; init; } = static runtime => new WorkerScheduler(runtime.Options, runtime.Timers, runtime.Logger);

    /// <summary>Makes the source of the random bytes that guests get.</summary>
    internal Func<RandomNumberGenerator> CreateRandom { get; init; } = RandomNumberGenerator.Create;

    /// <summary>What stands between guests and the memory of their environment; null: nothing.</summary>
    internal Func<WasmMemoryAllocator, WasmMemoryAllocator>? Memory { get; init; }

    /// <summary>Why guests can have no sockets; null: they can.</summary>
    internal string? NetworkRefusal { get; init; }
}
