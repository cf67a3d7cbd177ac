using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Lunatic.Runtime.Serialization;

/// <summary>JSON by System.Text.Json, with the types that its options know.</summary>
internal sealed class JsonMessageSerializer(JsonSerializerOptions options) : IMessageSerializer
{
    public void Write<T>(IBufferWriter<byte> output, T value)
    {
        using var writer = new Utf8JsonWriter(output);
        JsonSerializer.Serialize(writer, value, TypeInfo<T>());
    }

    public T Read<T>(ReadOnlyMemory<byte> data)
    {
        try
        {
            T? value = JsonSerializer.Deserialize(data.Span, TypeInfo<T>());
            return value is null && default(T) is null && Nullable.GetUnderlyingType(typeof(T)) is null
                ? throw new MessageFormatException($"The message is null, not a {typeof(T).Name}.")
                : value!;
        }
        catch (JsonException exception)
        {
            throw new MessageFormatException($"The message is no JSON of a {typeof(T).Name}: {exception.Message}", exception);
        }
    }

    private JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
}
