namespace Lunatic.Runtime.Inspection;

/// <summary>The processes of a runtime, counted by state and kind (<see cref="LunaticRuntime.CountProcesses"/>). Some may have changed while others were counted.</summary>
/// <param name="Running">Those that are in their slice.</param>
/// <param name="Ready">Those that wait for a worker.</param>
/// <param name="Receiving">Those that wait for a message.</param>
/// <param name="Sleeping">Those that wait for a time.</param>
/// <param name="Waiting">Those that wait for something else.</param>
/// <param name="Guests">Those that run WebAssembly.</param>
/// <param name="Natives">Those that run a C# body.</param>
/// <param name="Supervisors">Those that are supervisors.</param>
/// <param name="QueuedMessages">Messages in all their mailboxes.</param>
public sealed record ProcessCensus(
    int Running, int Ready, int Receiving, int Sleeping, int Waiting, int Guests, int Natives, int Supervisors, long QueuedMessages);
