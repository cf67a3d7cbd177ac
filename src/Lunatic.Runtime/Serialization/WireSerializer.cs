using System.Buffers;
using Lunatic.Runtime.Serialization.Shapes;

namespace Lunatic.Runtime.Serialization;

/// <summary>A serializer of one of the formats that know the data model of serde. Threads keep a reader and a writer each.</summary>
/// <typeparam name="TWriter">The format's writer.</typeparam>
/// <typeparam name="TReader">The format's reader.</typeparam>
internal abstract class WireSerializer<TWriter, TReader> : IMessageSerializer
    where TWriter : WireWriter, new()
    where TReader : WireReader, new()
{
    [ThreadStatic]
    private static TWriter? _writer;

    [ThreadStatic]
    private static TReader? _reader;

    public void Write<T>(IBufferWriter<byte> output, T value)
    {
        ArgumentNullException.ThrowIfNull(output);
        Shape<T> shape = ShapeFactory.Get<T>();
        // a property of the value may serialise something itself: it finds none
        TWriter writer = _writer ?? new TWriter();
        _writer = null;
        writer.Begin(output);
        shape.Write(writer, value);
        writer.End();
        _writer = writer;
    }

    public T Read<T>(ReadOnlyMemory<byte> data)
    {
        Shape<T> shape = ShapeFactory.Get<T>();
        TReader reader = _reader ?? new TReader();
        _reader = null;
        reader.Begin(data);
        T value = shape.Read(reader);
        if (reader.Remaining > 0)
            throw reader.Malformed("bytes are left over");
        reader.End();
        _reader = reader;
        return value;
    }
}
