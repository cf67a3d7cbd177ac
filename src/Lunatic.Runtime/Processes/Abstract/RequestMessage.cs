namespace Lunatic.Runtime.Processes.Abstract;

/// <summary>A request with its return address, as the crate writes it.</summary>
internal sealed record RequestMessage<T>(T Request, ReturnAddress Address);
