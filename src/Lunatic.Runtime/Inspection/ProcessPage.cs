using System.Collections.Immutable;

namespace Lunatic.Runtime.Inspection;

/// <summary>An answer to a <see cref="ProcessQuery"/>.</summary>
/// <param name="Total">Processes that there are.</param>
/// <param name="Matching">Those among them that were asked for.</param>
/// <param name="Processes">The part of these that was asked for, in order.</param>
public sealed record ProcessPage(int Total, int Matching, ImmutableArray<ProcessSnapshot> Processes);
