namespace Lunatic.Runtime.Serialization.MessagePack;

/// <summary>The first bytes of MessagePack values. Where sizes follow each other, the smallest is named.</summary>
internal static class Marker
{
    public const byte MaxPositiveFix = 0x7f;
    public const byte FixMap = 0x80;
    public const byte FixArray = 0x90;
    public const byte FixString = 0xa0;
    public const byte Nil = 0xc0;
    public const byte False = 0xc2;
    public const byte True = 0xc3;
    public const byte Binary8 = 0xc4;
    public const byte Single = 0xca;
    public const byte Double = 0xcb;
    public const byte UInt8 = 0xcc;
    public const byte Int8 = 0xd0;
    public const byte String8 = 0xd9;
    public const byte Array16 = 0xdc;
    public const byte Map16 = 0xde;
    public const byte MinNegativeFix = 0xe0;
}
