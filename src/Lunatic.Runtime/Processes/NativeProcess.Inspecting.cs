using Lunatic.Runtime.Inspection;

namespace Lunatic.Runtime.Processes;

/// <summary>What others see of a C# process.</summary>
internal partial class NativeProcess
{
    internal override ProcessKind Kind => ProcessKind.Native;

    // A body that has begun is let go of, and what it holds with it: the task that it returned knows its method.
    internal override string? FunctionName =>
        Volatile.Read(ref _body) is { } body ? MethodNames.Of(body.Method)
        : Volatile.Read(ref _task) is { } task ? MethodNames.Of(task)
        : null;

    private protected sealed override ProcessState ParkedState => _waitsFor switch
    {
        WaitKind.Message or WaitKind.Mail => ProcessState.Receiving,
        WaitKind.Deadline => ProcessState.Sleeping,
        _ => ProcessState.Waiting,
    };
}
