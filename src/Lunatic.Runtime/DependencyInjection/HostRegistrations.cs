using Lunatic.Runtime.Supervision;

namespace Lunatic.Runtime.DependencyInjection;

/// <summary>What is to be made when the host starts, in the order in which it was added.</summary>
internal sealed class HostRegistrations
{
    internal List<string> Environments { get; } = [];

    internal List<(string Name, Func<IServiceProvider, Stream> Open)> Modules { get; } = [];

    internal List<(string Name, string Environment, Action<IServiceProvider, SupervisorBuilder> Build)> Supervisors { get; } = [];
}
