namespace Lunatic.Wasm.Instances;

/// <summary>What a store is doing.</summary>
internal enum StoreState
{
    /// <summary>No guest is there: Start may come.</summary>
    Idle,
    /// <summary>A guest is there and can go on: Resume may come.</summary>
    Suspended,
    /// <summary>A guest waits in a host function: results (or a trap) have to be handed in first.</summary>
    Waiting,
    /// <summary>A guest runs.</summary>
    Running,
}
