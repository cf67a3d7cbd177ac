using Microsoft.Extensions.DependencyInjection;

namespace Lunatic.Runtime.AspNetCore.Tests.PublicSurface;

internal sealed class PublicSurfaceTests
{
    [Test]
    public void The_public_surface_of_the_assembly_changes_on_purpose_only() =>
        Lunatic.TestSupport.PublicSurface.AssertUnchanged(typeof(LunaticHealthChecksBuilderExtensions).Assembly);
}
