using System.Buffers;

namespace Lunatic.Runtime.Serialization;

/// <summary>Bytes as they are.</summary>
internal sealed class RawSerializer : IMessageSerializer
{
    public void Write<T>(IBufferWriter<byte> output, T value)
    {
        switch (value)
        {
            case byte[] bytes:
                output.Write(bytes);
                break;
            case ReadOnlyMemory<byte> memory:
                output.Write(memory.Span);
                break;
            default:
                throw Unsupported<T>();
        }
    }

    public T Read<T>(ReadOnlyMemory<byte> data) =>
        typeof(T) == typeof(ReadOnlyMemory<byte>) ? (T)(object)data
        : typeof(T) == typeof(byte[]) ? (T)(object)data.ToArray()
        : throw Unsupported<T>();

    private static NotSupportedException Unsupported<T>() => new($"The raw serializer takes byte[] and ReadOnlyMemory<byte>, not {typeof(T)}.");
}
