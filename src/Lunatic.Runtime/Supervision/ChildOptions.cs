namespace Lunatic.Runtime.Supervision;

/// <summary>How a supervisor treats a child. Copied and checked when the child is added; later changes have no effect.</summary>
public sealed class ChildOptions
{
    /// <summary>After which ends the child is restarted. Default: <see cref="RestartPolicy.Permanent"/>, after all.</summary>
    public RestartPolicy Restart { get; set; } = RestartPolicy.Permanent;

    /// <summary>
    /// How long the child may take to end when it is stopped, before it is killed; <see cref="Timeout.InfiniteTimeSpan"/>: for ever. Default: null, which is 5 seconds for
    /// processes and for ever for supervisors.
    /// </summary>
    public TimeSpan? StopTimeout { get; set; }

    /// <summary>A name under which the child's process is registered in its environment, again after each restart. Default: null, none. Not for supervisors.</summary>
    public string? RegisterAs { get; set; }

    /// <summary>
    /// Makes the message that asks a guest to end. Default: null, a guest is killed at once. C# processes are asked by <see cref="NativeProcessContext.StopRequested"/> instead.
    /// </summary>
    public Func<Message>? StopMessage { get; set; }

    /// <summary>The environment that the child runs in. Default: null, the supervisor's. Guests in another environment than their supervisor cannot reach it.</summary>
    public LunaticEnvironment? Environment { get; set; }

    internal static ChildOptions Create(Action<ChildOptions>? configure, ChildKind kind)
    {
        var options = new ChildOptions();
        configure?.Invoke(options);
        return options.CopyValidated(kind);
    }

    private ChildOptions CopyValidated(ChildKind kind)
    {
        if (!Enum.IsDefined(Restart))
            throw new ArgumentOutOfRangeException(nameof(Restart), Restart, "There is no such restart policy.");
        if (StopTimeout is { } timeout && timeout != Timeout.InfiniteTimeSpan)
            ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero, nameof(StopTimeout));
        if (kind is not ChildKind.Guest && StopMessage is not null)
            throw new ArgumentException($"{nameof(StopMessage)} is for guests only.", nameof(StopMessage));
        if (kind is ChildKind.Supervisor && RegisterAs is not null)
            throw new ArgumentException("A supervisor takes no messages, so it is not registered.", nameof(RegisterAs));
        var copy = (ChildOptions)MemberwiseClone();
        copy.StopTimeout ??= kind is ChildKind.Supervisor ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(5);
        return copy;
    }
}
