using Lunatic.Runtime.HostApi;
using Lunatic.Wasm;

namespace Lunatic.Runtime.Tests.HostApi.Legacy;

[TestFixture]
public sealed class HostRightsTests
{
    [Test]
    public void What_a_maker_may_not_call_nobody_that_it_makes_may()
    {
        HostRights inner = new HostRights(NamespaceList.All()).Within(["lunatic::message::"]).Within([""]);
        Assert.That(inner.Allows("lunatic::message", "send"), Is.True);
        Assert.That(inner.Allows("lunatic::process", "spawn"), Is.False);
        Assert.That(inner.Allows("wasi_snapshot_preview1", "environ_sizes_get"), Is.True, "never blocked by prefixes");
        Assert.That(inner.Allows("wasi_snapshot_preview1", "path_create_directory"), Is.False);
    }

    [Test]
    public void Prefixes_are_plain_text_and_the_applications_list_counts_first()
    {
        HostRights rights = new HostRights(new NamespaceList { "lunatic::message" }).Within(["lunatic::message::send_", "lunatic::process"]);
        Assert.That(rights.Allows("lunatic::message", "send_receive_skip_search"), Is.True);
        Assert.That(rights.Allows("lunatic::message", "send"), Is.False);
        Assert.That(rights.Allows("lunatic::process", "spawn"), Is.False);
        Assert.That(rights.Allows("wasi_snapshot_preview1", "environ_sizes_get"), Is.False);
        Assert.That(new HostRights(NamespaceList.All()).Within([]).Allows("lunatic::message", "send"), Is.False, "an empty list allows nothing");
    }

    [TestCase("""(import "lunatic::message" "send" (func (param i64) (result i32)))""", nameof(HostApiGeneration.Current))]
    [TestCase("""(import "lunatic::message" "send" (func (param i64)))""", nameof(HostApiGeneration.Legacy07))]
    [TestCase("""(import "lunatic::message" "receive" (func (param i32 i32 i32) (result i32)))""", nameof(HostApiGeneration.Legacy07))]
    [TestCase("""(import "lunatic::message" "receive" (func (param i64 i32) (result i32)))""", nameof(HostApiGeneration.Legacy06))]
    [TestCase("""(import "lunatic::error" "drop" (func (param i64)))""", nameof(HostApiGeneration.Current))]
    [TestCase("", nameof(HostApiGeneration.Current))]
    public void The_imports_say_which_generation_a_module_speaks(string imports, string generation) =>
        Assert.That(HostApiGenerations.Of(WasmModule.Parse($"(module {imports})")).ToString(), Is.EqualTo(generation));
}
