namespace Lunatic.Wasm.Tests.Binary;

/// <summary>What a loaded module tells about itself.</summary>
[TestFixture]
public class ModuleContentsTests
{
    [Test]
    public void Imports_and_exports_have_their_types()
    {
        WasmModule module = WasmModule.Parse("""
            (module
              (import "env" "f" (func (param i32) (result i64)))
              (import "env" "m" (memory 1 2))
              (global (export "g") (mut i32) (i32.const 1))
              (table (export "t") 3 funcref)
              (func (export "run")))
            """);
        Assert.Multiple(() =>
        {
            Assert.That(module.Imports.Select(import => $"{import.Module}.{import.Name} {import.Type}"),
                Is.EqualTo(new[] { "env.f (func (param i32) (result i64))", "env.m (memory 1 2)" }));
            Assert.That(module.Exports.Select(export => $"{export.Name} {export.Type}"),
                Is.EqualTo(new[] { "g (global (mut i32))", "t (table 3 funcref)", "run (func)" }));
        });
    }

    [Test]
    public void Names_come_from_the_name_section_and_else_from_exports()
    {
        WasmModule module = WasmModule.Parse("""(module $app (func $inner) (func (export "outer")) (func))""");
        Assert.Multiple(() =>
        {
            Assert.That(module.Name, Is.EqualTo("app"));
            Assert.That(module.FunctionName(0), Is.EqualTo("inner"));
            Assert.That(module.FunctionName(1), Is.EqualTo("outer"));
            Assert.That(module.FunctionName(2), Is.Null);
        });
    }

    [Test]
    public void A_broken_name_section_is_ignored()
    {
        // "name" with a function name that is longer than the section
        byte[] bytes = [0, 0x61, 0x73, 0x6D, 1, 0, 0, 0, 0, 10, 4, 0x6E, 0x61, 0x6D, 0x65, 1, 3, 1, 0, 9];
        Assert.That(WasmModule.Load(bytes).FunctionName(0), Is.Null);
    }

    [Test]
    public void Custom_sections_are_found_by_name()
    {
        byte[] bytes = [0, 0x61, 0x73, 0x6D, 1, 0, 0, 0, 0, 4, 1, 0x61, 7, 8, 0, 3, 1, 0x62, 9, 0, 2, 1, 0x61];
        WasmModule module = WasmModule.Load(bytes);
        Assert.That(module.CustomSections("a").Select(contents => contents.ToArray()), Is.EqualTo(new[] { new byte[] { 7, 8 }, [] }));
    }
}
