using System.Collections.Immutable;
using System.Globalization;

namespace Lunatic.Runtime;

/// <summary>Why a process ended, as a value: between processes nothing is thrown.</summary>
public sealed class ExitReason : IEquatable<ExitReason>
{
    private ExitReason(ExitKind kind, string message) => (Kind, Message) = (kind, message);

    /// <summary>The entry function or the body returned.</summary>
    public static ExitReason Returned { get; } = new(ExitKind.Returned, "returned");

    /// <summary>Somebody killed the process.</summary>
    public static ExitReason Killed { get; } = new(ExitKind.Killed, "killed");

    /// <summary>How the process ended.</summary>
    public ExitKind Kind { get; }

    /// <summary>One line that says what happened.</summary>
    public string Message { get; }

    /// <summary>The exit code of <see cref="ExitKind.Exited"/>, otherwise 0.</summary>
    public int ExitCode { get; private init; }

    /// <summary>The guest's call stack, a line per function, innermost first; empty where there is none.</summary>
    public ImmutableArray<string> Stack { get; private init; } = [];

    /// <summary>The exception behind the end: of a C# body, or of a host function that made the guest trap.</summary>
    public Exception? Exception { get; private init; }

    /// <summary>The linked process whose end caused this one (<see cref="ExitKind.LinkDied"/>).</summary>
    public ProcessId? DeadLink { get; private init; }

    /// <summary>
    /// Whether linked processes see this end as a failure. Only <see cref="ExitKind.Returned"/> and exit code 0 are normal ends.
    /// </summary>
    public bool IsFailure => Kind is not ExitKind.Returned && !(Kind is ExitKind.Exited && ExitCode == 0);

    /// <summary>The process asked to end with an exit code.</summary>
    public static ExitReason Exited(int code) => new(ExitKind.Exited, string.Create(CultureInfo.InvariantCulture, $"exited with code {code}")) { ExitCode = code };

    /// <summary>The guest trapped.</summary>
    /// <param name="message">One line that says why.</param>
    /// <param name="stack">The guest's call stack, a line per function, innermost first.</param>
    /// <param name="exception">The exception of the host function that failed, if that was the reason.</param>
    public static ExitReason Trapped(string message, ImmutableArray<string> stack = default, Exception? exception = null) =>
        Failure(ExitKind.Trapped, message, stack, exception);

    /// <summary>The guest used all the fuel that it may use.</summary>
    public static ExitReason OutOfFuel(string message, ImmutableArray<string> stack = default) => Failure(ExitKind.OutOfFuel, message, stack, null);

    /// <summary>The process needed more memory than it may have.</summary>
    public static ExitReason OutOfMemory(string message, ImmutableArray<string> stack = default, Exception? exception = null) =>
        Failure(ExitKind.OutOfMemory, message, stack, exception);

    /// <summary>A linked process failed or did not exist.</summary>
    public static ExitReason LinkDied(ProcessId link) => new(ExitKind.LinkDied, $"linked process {link} died") { DeadLink = link };

    /// <summary>An exception ended the process.</summary>
    public static ExitReason Faulted(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return Failure(ExitKind.Faulted, $"{exception.GetType().Name}: {exception.Message}", default, exception);
    }

    /// <inheritdoc/>
    public bool Equals(ExitReason? other) =>
        other is not null && Kind == other.Kind && ExitCode == other.ExitCode && DeadLink == other.DeadLink && Message == other.Message && Exception == other.Exception
        && Stack.AsSpan().SequenceEqual(other.Stack.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ExitReason);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, ExitCode, DeadLink, Message);

    /// <summary>The message and, a line each, the guest's frames.</summary>
    public override string ToString() => Stack.IsEmpty ? Message : $"{Message}\n{string.Join('\n', Stack.Select(line => $"    at {line}"))}";

    private static ExitReason Failure(ExitKind kind, string message, ImmutableArray<string> stack, Exception? exception)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new ExitReason(kind, message) { Stack = stack.IsDefault ? [] : stack, Exception = exception };
    }
}
