namespace Lunatic.Runtime.Processes.Abstract;

/// <summary>Where a reply goes, as the crate writes it.</summary>
internal sealed record ReturnAddress(ProcessReference Process);
