namespace Lunatic.Runtime.Processes;

/// <summary>Wakes a process that waits for its mailbox when a token is cancelled.</summary>
internal sealed class WaitCancellation : IDisposable
{
    private readonly CancellationTokenRegistration _registration;

    internal WaitCancellation(ProcessBase process, CancellationToken token)
    {
        Token = token;
        _registration = token.UnsafeRegister(static process => ((ProcessBase)process!).Wake(), process);
    }

    internal CancellationToken Token { get; }

    internal bool IsCancelled => Token.IsCancellationRequested;

    public void Dispose() => _registration.Dispose();
}
