namespace Lunatic.Runtime.Supervision;

/// <summary>Which children a supervisor restarts together, as in Erlang/OTP.</summary>
public enum RestartStrategy
{
    /// <summary>Only the child that ended.</summary>
    OneForOne,

    /// <summary>All children: the others are stopped first.</summary>
    OneForAll,

    /// <summary>The child that ended and those that were started after it, which are stopped first.</summary>
    RestForOne,
}
