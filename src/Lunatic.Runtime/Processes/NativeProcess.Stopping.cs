using Lunatic.Runtime.Signals;

namespace Lunatic.Runtime.Processes;

/// <summary>How a body is asked to end.</summary>
internal partial class NativeProcess
{
    private CancellationTokenSource? _stopRequested;

    /// <summary>Cancelled when the process is asked to end. Owner only.</summary>
    internal CancellationToken StopRequested => (_stopRequested ??= new CancellationTokenSource()).Token;

    /// <inheritdoc/>
    public sealed override bool RequestStop()
    {
        Post(new StopRequestSignal());
        return true;
    }

    /// <summary>Tells the body to end, in its next step. Owner only.</summary>
    internal void ApplyStopRequest()
    {
        if (_stopRequested is null)
            End(ExitReason.Killed);
        else
            AddReady(new ContinuationSignal(static source => ((CancellationTokenSource)source!).Cancel(), _stopRequested));
    }

    // A body that gives up because it was asked to has done what it should.
    private bool IsStopped(Task task) => task.IsCanceled && _stopRequested is { IsCancellationRequested: true };
}
