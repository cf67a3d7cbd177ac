namespace Lunatic.Runtime.Tests.Wasi;

/// <summary>How a program ended and what it wrote.</summary>
internal sealed record ProgramResult(ExitReason Reason, string Output, string Error)
{
    /// <summary>The exit code as a shell would see it.</summary>
    public int Code => Reason.Kind is ExitKind.Returned ? 0 : Reason.Kind is ExitKind.Exited ? Reason.ExitCode : 134;

    public override string ToString() => $"{Reason}\n{Output}\n{Error}";
}
