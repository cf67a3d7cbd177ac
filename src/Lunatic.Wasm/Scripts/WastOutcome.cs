namespace Lunatic.Wasm.Scripts;

/// <summary>How a command of a script ended.</summary>
public enum WastOutcome
{
    /// <summary>As it should.</summary>
    Passed,

    /// <summary>Not as it should; the result's message says how.</summary>
    Failed,

    /// <summary>It was not executed, because it is a command that is not supported.</summary>
    Skipped,
}
