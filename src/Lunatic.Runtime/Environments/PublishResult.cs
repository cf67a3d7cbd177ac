namespace Lunatic.Runtime.Environments;

/// <summary>Whether an environment took in a new process.</summary>
internal enum PublishResult
{
    /// <summary>The process can be found by its number.</summary>
    Published,

    /// <summary>The environment holds as many processes as it may.</summary>
    EnvironmentFull,

    /// <summary>All environments together hold as many processes as they may.</summary>
    RuntimeFull,

    /// <summary>The environment is being disposed of.</summary>
    Closed,
}
