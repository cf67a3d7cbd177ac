using System.Collections.Immutable;

namespace Lunatic.Runtime.Supervision;

/// <summary>What a supervisor is made from, each time that it is started.</summary>
internal sealed record SupervisorSpecification(
    string Name, RestartStrategy Strategy, int MaxRestarts, TimeSpan Period, RestartBackoff Backoff, Action<SupervisorEvent>? OnEvent, ImmutableArray<ChildSpecification> Children);
