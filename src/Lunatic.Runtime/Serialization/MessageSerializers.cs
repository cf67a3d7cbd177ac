using System.Text.Json;
using Lunatic.Runtime.Serialization.Bincode;
using Lunatic.Runtime.Serialization.MessagePack;

namespace Lunatic.Runtime.Serialization;

/// <summary>The serializers of the runtime: those of the Rust crate <c>lunatic</c>, byte for byte, and plain bytes.</summary>
/// <remarks>
/// <para>Bincode and MessagePack take plain C# types as the Rust types that they look like. Numbers, bool, string, <c>Rune</c> and <c>char</c> (Rust's char), <c>TimeSpan</c> (Duration);
/// <c>T?</c> (Option); arrays, lists, sets, <c>ImmutableArray</c> (Vec, HashSet); dictionaries (HashMap); value tuples, <c>ValueTuple</c> (the unit type); enums (without values: the
/// members in ascending order are the variants); records, classes and structs (their constructor's parameters, else their properties that can be set, in the order of their declaration);
/// abstract types with <see cref="MessageVariantAttribute"/> (enums with values); <see cref="ProcessReference"/> (Process, ProcessRef).</para>
/// <para>No code is generated at run time. What is read may nest 64 levels deep.</para>
/// </remarks>
public static class MessageSerializers
{
    /// <summary>Bincode 1 as the crate's <c>Bincode</c>, its default: numbers of fixed size, little endian; lengths of 64, variants of 32 bits.</summary>
    public static IMessageSerializer Bincode { get; } = new BincodeSerializer();

    /// <summary>MessagePack as the crate's <c>MessagePack</c>: structs are arrays, variants are names, or maps of one entry from the name to the value.</summary>
    public static IMessageSerializer MessagePack { get; } = new MessagePackSerializer();

    /// <summary>The bytes themselves: <c>byte[]</c>, <c>ReadOnlyMemory&lt;byte&gt;</c> and nothing else.</summary>
    public static IMessageSerializer Raw { get; } = new RawSerializer();

    /// <summary>JSON as the crate's <c>Json</c>.</summary>
    /// <param name="options">What knows the types: the <c>Options</c> of a source-generated context, for example <c>MyContext.Default.Options</c>.</param>
    public static IMessageSerializer Json(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new JsonMessageSerializer(options);
    }
}
