namespace Lunatic.Runtime.Processes;

/// <summary>How far a guest process has come.</summary>
internal enum GuestStage
{
    /// <summary>It is made, or the module's start function runs; the process is not in its environment's table.</summary>
    Start,

    /// <summary>The entry function runs.</summary>
    Main,
}
