using System.Text.Json.Serialization;

namespace Lunatic.Runtime.Tests.Serialization;

internal enum Color
{
    Red,
    Green,
    Blue,
}

[MessageVariant(0, typeof(Circle))]
[MessageVariant(1, typeof(Square))]
[MessageVariant(2, typeof(Nothing))]
[MessageVariant(3, typeof(Text), Name = "Words")]
internal abstract record Drawing;

internal sealed record Circle(int Radius, string? Name) : Drawing;

[MessageNewtype]
internal sealed record Square(uint Side) : Drawing;

internal sealed record Nothing : Drawing;

internal sealed record Text(IReadOnlyList<string?> Lines) : Drawing;

[MessageNewtype]
internal readonly record struct UserId(ulong Value);

internal sealed record Point(int X, int Y);

internal sealed record Tree(int Value, Tree? Left = null, Tree? Right = null);

internal sealed record Labelled<T>(T Content, T? Other, (T, bool) Pair);

internal sealed class Settings
{
    public string Title { get; set; } = "";

    public Dictionary<string, long> Limits { get; init; } = [];

    public int Computed => Title.Length;
}

internal sealed record Positive
{
    public Positive(int number) => Number = number > 0 ? number : throw new ArgumentOutOfRangeException(nameof(number));

    public int Number { get; }
}

[JsonSerializable(typeof(Point))]
internal sealed partial class SampleJson : JsonSerializerContext;
