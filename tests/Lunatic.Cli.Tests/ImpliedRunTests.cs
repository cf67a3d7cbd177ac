using Lunatic.Cli.Commands;
using Lunatic.Runtime;

namespace Lunatic.Cli.Tests;

internal sealed class ImpliedRunTests
{
    [TestCase("x.wasm")]
    [TestCase("x.wat", "argument")]
    [TestCase("folder/x.wasm", "--", "-v")]
    [TestCase("--dir", ".", "x")]
    [TestCase("--dir=.", "x")]
    [TestCase("--bench", "x")]
    [TestCase("--env", "A=b", "x")]
    public void A_module_or_an_option_of_run_comes_first_and_run_is_implied(params string[] arguments) =>
        Assert.That(ImpliedRun.Apply(arguments), Is.EqualTo(new[] { "run" }.Concat(arguments)));

    [TestCase]
    [TestCase("run", "x.wasm")]
    [TestCase(".wasm")]
    [TestCase("--help")]
    [TestCase("wast", "x.wast.wasm")]
    public void Everything_else_stays_as_it_is(params string[] arguments) =>
        Assert.That(ImpliedRun.Apply(arguments), Is.EqualTo(arguments));

    [Test]
    public void What_has_no_options_needs_no_parser()
    {
        GuestRun.Request? request = ImpliedRun.WithoutOptions(["run", "x.wasm", "one", "two"]);
        Assert.That(request, Is.Not.Null);
        Assert.That((request.File, string.Join(' ', request.Arguments), request.Mode), Is.EqualTo(("x.wasm", "one two", ExecutionMode.Tiered)));
    }

    [TestCase]
    [TestCase("run")]
    [TestCase("inspect", "x.wasm")]
    [TestCase("run", "x.wasm", "--", "-v")]
    [TestCase("run", "--engine", "compiled", "x.wasm")]
    [TestCase("run", "@file")]
    [TestCase("run", "x.wasm", "")]
    public void Everything_else_is_the_parsers_business(params string[] arguments) => Assert.That(ImpliedRun.WithoutOptions(arguments), Is.Null);
}
