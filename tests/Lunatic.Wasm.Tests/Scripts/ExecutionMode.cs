namespace Lunatic.Wasm.Tests.Scripts;

/// <summary>How often a guest is suspended while a script runs.</summary>
public enum ExecutionMode
{
    /// <summary>Hardly ever.</summary>
    Plain,

    /// <summary>After a few operators.</summary>
    TinySlices,

    /// <summary>At every place where it can be.</summary>
    EverySite,

    /// <summary>After some hundred operators; then it goes on in the other tier, or not, at random.</summary>
    Switching,
}
