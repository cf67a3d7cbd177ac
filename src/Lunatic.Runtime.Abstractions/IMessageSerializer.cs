using System.Buffers;

namespace Lunatic.Runtime;

/// <summary>Turns values into the bytes of messages and back. Thread safe.</summary>
public interface IMessageSerializer
{
    /// <summary>Writes a value.</summary>
    /// <param name="output">Where its bytes go.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="NotSupportedException">The serializer cannot write the type.</exception>
    /// <exception cref="ArgumentException">A part of the value has no encoding: null where the type does not allow it, an unknown member of an enum, nesting that is too deep.</exception>
    void Write<T>(IBufferWriter<byte> output, T value);

    /// <summary>Reads a value that takes all of the bytes.</summary>
    /// <param name="data">The bytes. They may come from anybody: lengths are checked against what is there.</param>
    /// <exception cref="MessageFormatException">The bytes are no such value, nest too deep, or are too few or too many.</exception>
    /// <exception cref="NotSupportedException">The serializer cannot read the type.</exception>
    T Read<T>(ReadOnlyMemory<byte> data);
}
