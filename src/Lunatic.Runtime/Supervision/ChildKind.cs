namespace Lunatic.Runtime.Supervision;

/// <summary>What a child of a supervisor is.</summary>
public enum ChildKind
{
    /// <summary>A process that runs WebAssembly.</summary>
    Guest,

    /// <summary>A C# process.</summary>
    Process,

    /// <summary>Another supervisor.</summary>
    Supervisor,
}
