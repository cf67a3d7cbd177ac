namespace Lunatic.Runtime;

/// <summary>The base of the runtime's own exceptions.</summary>
public abstract class LunaticException : Exception
{
    /// <summary>Creates the exception.</summary>
    protected LunaticException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
