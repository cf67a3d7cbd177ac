namespace Lunatic.Runtime.Inspection;

/// <summary>A worker thread at one moment.</summary>
/// <param name="Number">Its number, from 0.</param>
/// <param name="IsSpare">Whether it stands in for workers that are stuck.</param>
/// <param name="IsRunning">Whether it runs a process.</param>
/// <param name="IsStuck">Whether it is in one host call or C# body for so long that a spare one stands in for it.</param>
/// <param name="QueueLength">Processes that wait in its own queue.</param>
/// <param name="Slices">Slices that it has begun so far, modulo 2^32.</param>
public sealed record WorkerStatistics(int Number, bool IsSpare, bool IsRunning, bool IsStuck, int QueueLength, uint Slices);
