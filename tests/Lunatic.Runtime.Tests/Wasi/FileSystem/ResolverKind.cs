namespace Lunatic.Runtime.Tests.Wasi.FileSystem;

/// <summary>The ways to resolve paths; fixtures run on each.</summary>
public enum ResolverKind
{
    Beneath,
    Walking,
}
