namespace Lunatic.Runtime.Inspection;

/// <summary>What a process is.</summary>
public enum ProcessKind
{
    /// <summary>It runs WebAssembly.</summary>
    Guest,

    /// <summary>It runs a C# body.</summary>
    Native,

    /// <summary>It is the process of a supervisor.</summary>
    Supervisor,
}
