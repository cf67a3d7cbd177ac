namespace Lunatic.Runtime.HostApi.Application;

/// <summary>A guest called a host function of the application with arguments that cannot be used: a trap without cause. Never leaves the binding.</summary>
internal sealed class GuestMistakeException(string message) : Exception(message);
