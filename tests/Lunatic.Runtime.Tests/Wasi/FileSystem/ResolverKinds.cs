using Lunatic.Runtime.Wasi.FileSystem;

namespace Lunatic.Runtime.Tests.Wasi.FileSystem;

/// <summary>Makes the resolvers.</summary>
internal static class ResolverKinds
{
    /// <summary>The resolver; ignores the test where the system does not have it.</summary>
    public static PathResolver Create(this ResolverKind kind)
    {
        if (!LinuxCalls.AreSupported)
            Assert.Ignore("directories for guests are implemented for 64-bit Linux only");
        if (kind == ResolverKind.Walking)
            return new WalkingResolver();
        if (!BeneathResolver.IsSupported())
            Assert.Ignore("this kernel has no openat2");
        return new BeneathResolver();
    }
}
