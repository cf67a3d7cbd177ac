namespace Lunatic.Runtime.Processes;

/// <summary>The start of a guest process, which ends in a running process or in an error.</summary>
/// <param name="process">The process.</param>
/// <param name="link">The process to be linked to it, or null.</param>
/// <param name="linkTag">The tag under which <paramref name="link"/> hears of a failure.</param>
/// <param name="isOver">Called, on any thread, when the start had to wait for the module's start function and is over.</param>
internal sealed class GuestLaunch(GuestProcess process, ProcessBase? link, long linkTag, Action<GuestLaunch>? isOver)
{
    private volatile bool _isOver;

    /// <summary>The process; of use only after a success.</summary>
    public GuestProcess Process { get; } = process;

    /// <summary>The process to be linked to it, or null.</summary>
    public ProcessBase? Link { get; } = link;

    /// <summary>The tag under which <see cref="Link"/> hears of a failure.</summary>
    public long LinkTag { get; } = linkTag;

    /// <summary>Whether the outcome is known.</summary>
    public bool IsOver => _isOver;

    /// <summary>Why there is no process; null after a success.</summary>
    public string? Error { get; private set; }

    /// <summary>The exception behind <see cref="Error"/>, if one was.</summary>
    public Exception? Cause { get; private set; }

    /// <summary>The process runs.</summary>
    public void Succeed(bool hadToWait) => Finish(hadToWait);

    /// <summary>There is no process. Does nothing once the outcome is known.</summary>
    public void Fail(string error, Exception? cause, bool hadToWait)
    {
        if (_isOver)
            return;
        Error = error;
        Cause = cause;
        Finish(hadToWait);
    }

    private void Finish(bool hadToWait)
    {
        _isOver = true;
        if (hadToWait)
            isOver?.Invoke(this);
    }
}
