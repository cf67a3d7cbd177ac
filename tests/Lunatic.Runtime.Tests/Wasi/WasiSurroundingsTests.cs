using Lunatic.Runtime.Configuration;
using Lunatic.Runtime.Tests.Wasi.FileSystem;
using Lunatic.Runtime.Wasi;

namespace Lunatic.Runtime.Tests.Wasi;

internal sealed class WasiSurroundingsTests
{
    private TemporaryDirectory _files = null!;

    [SetUp]
    public void SetUp() => _files = new TemporaryDirectory(ResolverKind.Walking.Create());

    [TearDown]
    public void TearDown() => _files?.Dispose();

    [Test]
    public void A_directory_that_was_handed_on_is_opened_step_by_step()
    {
        Directory.CreateDirectory(_files.Host("a/b"));
        WasiSurroundings surroundings = WasiSurroundings.Of(Configuration("a", "b"));
        Assert.That(surroundings.Directories, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_directory_that_was_replaced_by_a_link_out_is_not_opened()
    {
        Directory.CreateDirectory(_files.Host("a"));
        ProcessConfiguration configuration = Configuration("a");
        Directory.Delete(_files.Host("a"));
        File.CreateSymbolicLink(_files.Host("a"), "../outside");
        Assert.That(() => WasiSurroundings.Of(configuration), Throws.InstanceOf<DirectoryNotFoundException>());
    }

    [Test]
    public void A_step_does_not_lead_out_of_the_one_before_it()
    {
        Directory.CreateDirectory(_files.Host("a"));
        Directory.CreateDirectory(_files.Host("other"));
        File.CreateSymbolicLink(_files.Host("a/link"), "../other");
        Assert.That(() => WasiSurroundings.Of(Configuration("a", "link")), Throws.InstanceOf<DirectoryNotFoundException>());
        Assert.That(() => WasiSurroundings.Of(Configuration("a/link")), Throws.Nothing);
    }

    [Test]
    public void Processes_of_one_configuration_share_its_directories()
    {
        ProcessConfiguration configuration = Configuration();
        WasiSurroundings first = WasiSurroundings.Of(configuration);
        Assert.That(WasiSurroundings.Of(configuration), Is.SameAs(first));
    }

    private ProcessConfiguration Configuration(params string[] steps) =>
        new() { PreopenedDirectories = [new DirectoryGrant(_files.Root, [.. steps], "/")] };
}
