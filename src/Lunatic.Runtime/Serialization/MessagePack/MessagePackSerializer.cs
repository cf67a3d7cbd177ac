namespace Lunatic.Runtime.Serialization.MessagePack;

/// <summary>MessagePack (https://github.com/msgpack/msgpack/blob/master/spec.md) as Rust's rmp-serde writes it in its compact form.</summary>
internal sealed class MessagePackSerializer : WireSerializer<MessagePackWriter, MessagePackReader>;
