namespace Lunatic.Runtime.Serialization.Bincode;

/// <summary>Bincode 1.x with the options of its plain functions (https://docs.rs/bincode/1.3.3): fixed-size little-endian numbers.</summary>
internal sealed class BincodeSerializer : WireSerializer<BincodeWriter, BincodeReader>;
