using Lunatic.Runtime.Testing;

namespace Lunatic.Runtime.Tests.PublicSurface;

internal sealed class PublicSurfaceTests
{
    [TestCase(typeof(ProcessId))]
    [TestCase(typeof(LunaticRuntime))]
    [TestCase(typeof(DeterministicRuntime))]
    public void The_public_surface_of_the_assembly_changes_on_purpose_only(Type type) =>
        Lunatic.TestSupport.PublicSurface.AssertUnchanged(type.Assembly);
}
