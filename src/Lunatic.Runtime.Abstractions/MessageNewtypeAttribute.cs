namespace Lunatic.Runtime;

/// <summary>Marks a type with one member that is written as the member alone: a Rust newtype, <c>struct Id(u64)</c> or, as a variant, <c>Add(i64)</c>. Only MessagePack tells the difference.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class MessageNewtypeAttribute : Attribute;
