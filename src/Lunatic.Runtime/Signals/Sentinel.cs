using System.Diagnostics;
using Lunatic.Runtime.Processes;

namespace Lunatic.Runtime.Signals;

/// <summary>The marks that stand in a process's inbound word in place of a chain.</summary>
internal sealed class Sentinel : ProcessSignal
{
    /// <summary>The process has nothing to do.</summary>
    internal static readonly Sentinel Parked = new();

    /// <summary>The process has ended.</summary>
    internal static readonly Sentinel Ended = new();

    internal override void Apply(ProcessBase receiver) => throw new UnreachableException("A mark is never in a chain.");
}
