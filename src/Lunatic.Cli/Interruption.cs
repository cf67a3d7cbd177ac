using System.Runtime.InteropServices;

namespace Lunatic.Cli;

/// <summary>Turns the first Ctrl-C (or termination request) into a cancelled token; the second one ends the command at once.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;

    public Interruption() =>
        _registrations = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }.Select(signal => PosixSignalRegistration.Create(signal, Interrupt))];

    public CancellationToken Token => _source.Token;

    /// <summary>The exit status that says by what the command was stopped.</summary>
    public int Status { get; private set; } = ExitStatus.Interrupted;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    private void Interrupt(PosixSignalContext context)
    {
        context.Cancel = !_source.IsCancellationRequested;
        if (context.Signal is PosixSignal.SIGTERM)
            Status = ExitStatus.Terminated;
        _source.Cancel();
    }
}
