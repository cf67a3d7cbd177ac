using System.Collections.Immutable;
using Lunatic.Wasm;

namespace Lunatic.Runtime.Inspection;

/// <summary>A process as it saw itself between two slices (<see cref="LunaticProcess.InspectAsync"/>).</summary>
/// <param name="Stack">A guest's calls, innermost first; of a deep stack the ends (see <see cref="WasmTrap.Stack"/>). Empty for others, and for a guest that has not begun.</param>
/// <param name="Links">The processes that it is linked to.</param>
/// <param name="Watchers">The processes that are told of its end.</param>
/// <param name="Watched">The processes whose end it is told of.</param>
public sealed record ProcessInspection(
    ImmutableArray<string> Stack, ImmutableArray<ProcessId> Links, ImmutableArray<ProcessId> Watchers, ImmutableArray<ProcessId> Watched);
