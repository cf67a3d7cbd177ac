using System.Collections.Concurrent;
using Lunatic.Runtime.Processes;
using Lunatic.Runtime.Supervision;

namespace Lunatic.Runtime;

/// <summary>Supervisors of an environment.</summary>
public sealed partial class LunaticEnvironment
{
    private readonly ConcurrentDictionary<Supervisor, bool> _supervisors = new();

    /// <summary>The supervisors that run in this environment and are no children of others.</summary>
    public IReadOnlyCollection<Supervisor> Supervisors => [.. _supervisors.Keys];

    /// <summary>Starts a supervisor and its children, one after the other in the order in which they are added.</summary>
    /// <param name="name">The supervisor's name, for logs and diagnostics.</param>
    /// <param name="build">Describes the supervisor and its children.</param>
    /// <param name="cancellationToken">Stops the supervisor if it is not through with starting.</param>
    /// <exception cref="ChildStartException">A child could not be started; those before it have been stopped again.</exception>
    /// <exception cref="LimitExceededException">There are as many processes as there may be.</exception>
    /// <exception cref="ObjectDisposedException">The environment has been disposed of.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; what was started has been stopped.</exception>
    public async Task<Supervisor> SuperviseAsync(string name, Action<SupervisorBuilder> build, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var supervisor = Supervisor.Create(this, SupervisorBuilder.SpecificationOf(name, build));
        _supervisors.TryAdd(supervisor, true);
        _ = supervisor.Completion.ContinueWith(
            _ => _supervisors.TryRemove(supervisor, out bool _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        supervisor.Start();
        try
        {
            using (cancellationToken.UnsafeRegister(static supervisor => ((Supervisor)supervisor!).RequestStop(), supervisor))
                await supervisor.Started.ConfigureAwait(false);
            if (!cancellationToken.IsCancellationRequested)
                return supervisor;
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // a child whose start was broken off failed: the cancellation is the reason
        }
        await supervisor.StopAsync(CancellationToken.None).ConfigureAwait(false);
        throw new OperationCanceledException(cancellationToken);
    }

    /// <summary>A process for a supervisor: it takes no messages, so nobody can fill its mailbox or have news dropped from it.</summary>
    /// <param name="name">The supervisor's name.</param>
    /// <param name="body">Its loop.</param>
    internal NativeProcess CreateSupervisor(string name, Func<NativeProcessContext, Task> body)
    {
        var process = new SupervisorProcess(this, AllocateId(), name, body) { TakesMail = false };
        ThrowIfRefused(TryPublish(process));
        return process;
    }
}
