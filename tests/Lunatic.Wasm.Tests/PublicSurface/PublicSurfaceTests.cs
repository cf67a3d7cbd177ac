namespace Lunatic.Wasm.Tests.PublicSurface;

internal sealed class PublicSurfaceTests
{
    [Test]
    public void The_public_surface_of_the_engine_changes_on_purpose_only() =>
        Lunatic.TestSupport.PublicSurface.AssertUnchanged(typeof(WasmValueType).Assembly);
}
