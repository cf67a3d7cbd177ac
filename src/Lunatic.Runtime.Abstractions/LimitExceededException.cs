using System.Globalization;

namespace Lunatic.Runtime;

/// <summary>Something was refused because a limit of the options would be exceeded.</summary>
public sealed class LimitExceededException : LunaticException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="limitName">The option that sets the limit, for example <c>MaxProcesses</c>.</param>
    /// <param name="limit">Its value.</param>
    public LimitExceededException(string limitName, long limit)
        : base(string.Create(CultureInfo.InvariantCulture, $"The limit {limitName} = {limit} is reached."))
    {
        LimitName = limitName;
        Limit = limit;
    }

    /// <summary>The option that sets the limit.</summary>
    public string LimitName { get; }

    /// <summary>The value of the limit.</summary>
    public long Limit { get; }
}
