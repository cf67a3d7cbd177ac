using Lunatic.Runtime;

namespace Chat;

/// <summary>What the room is told.</summary>
internal abstract record RoomMessage;

/// <summary>Somebody comes.</summary>
internal sealed record Join(LunaticProcess Client, string Nick) : RoomMessage;

/// <summary>Somebody says something.</summary>
internal sealed record Say(LunaticProcess Client, string Text) : RoomMessage;

/// <summary>The supervisor has restarted the dice.</summary>
internal sealed record DiceAreBack : RoomMessage;
