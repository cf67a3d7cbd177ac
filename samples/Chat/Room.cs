using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Lunatic.Runtime;

namespace Chat;

/// <summary>Passes on what its members say. Each member is a process, and gone when that ends, however it ends.</summary>
internal sealed class Room : TypedProcess<RoomMessage>
{
    /// <summary>The names in the registry of the room and of the guest that rolls dice for it.</summary>
    public const string Name = "room", Dice = "dice";

    private const string Roll = "/roll";

    private readonly Dictionary<ProcessId, Member> _members = [];

    protected override ValueTask HandleAsync(RoomMessage message)
    {
        switch (message)
        {
            case Join join:
                Context.Monitor(join.Client);
                _members[join.Client.Id] = new Member(join.Client, join.Nick);
                Tell($"* {join.Nick} is here, with {_members.Count - 1} others");
                break;
            case Say say when _members.TryGetValue(say.Client.Id, out Member? member):
                Tell($"{member.Nick}: {say.Text}");
                if (say.Text.StartsWith(Roll, StringComparison.Ordinal))
                    RollDice(say.Text[Roll.Length..]);
                break;
            case DiceAreBack:
                Tell("* the dice are back");
                break;
        }
        return default;
    }

    // a member is gone, or the dice say something
    protected override ValueTask HandleOtherAsync(Message message)
    {
        if (message.DeadProcess is { } dead && _members.Remove(dead, out Member? member))
            Tell($"* {member.Nick} has left");
        else if (message.Kind is MessageKind.Data)
            Tell($"* the dice: {Encoding.UTF8.GetString(message.Data.Span)}");
        return default;
    }

    // no dice: they are being restarted
    private void RollDice(string sides)
    {
        var request = new byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(request, Context.Self.Id.LocalId);
        BinaryPrimitives.WriteUInt32LittleEndian(request.AsSpan(8), uint.TryParse(sides, CultureInfo.InvariantCulture, out uint number) ? number : 6);
        if (Context.FindProcess(Dice)?.Send(Message.NoTag, request) is not true)
            Tell("* the dice have fallen off the table");
    }

    private void Tell(string line)
    {
        var message = new Line(line);
        foreach (Member member in _members.Values)
            member.Client.Send(Message.Of(message));
    }

    private sealed record Member(LunaticProcess Client, string Nick);
}
