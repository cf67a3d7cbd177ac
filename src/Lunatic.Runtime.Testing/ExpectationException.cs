namespace Lunatic.Runtime.Testing;

/// <summary>A probe did not receive what the test expects. The text says what it received instead, and what the processes wait for.</summary>
public sealed class ExpectationException : LunaticException
{
    internal ExpectationException(string message)
        : base(message)
    {
    }
}
