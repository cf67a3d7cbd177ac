using Lunatic.Wasm.Diagnostics;

namespace Lunatic.Wasm.Tests.Diagnostics;

internal sealed class RustSymbolTests
{
    [TestCase("_ZN5crash5inner17hda9be5d99e2e44d0E", "crash::inner")]
    [TestCase("_ZN3std9panicking19begin_panic_handler28_$u7b$$u7b$closure$u7d$$u7d$17hd5362e185353c1a0E", "std::panicking::begin_panic_handler::{{closure}}")]
    [TestCase("_ZN4core3fmt3num3imp51_$LT$impl$u20$core..fmt..Display$u20$for$u20$u8$GT$3fmt17h1671122c3930db6eE", "core::fmt::num::imp::<impl core::fmt::Display for u8>::fmt")]
    [TestCase("_ZN4main3h00E", "main::h00", Description = "not the length of a hash")]
    public void A_name_of_rustc_becomes_a_path(string mangled, string path) => Assert.That(RustSymbol.Demangle(mangled), Is.EqualTo(path));

    [TestCase("memcpy")]
    [TestCase("_start")]
    [TestCase("_ZN")]
    [TestCase("_ZNE")]
    [TestCase("_ZN5cras")]
    [TestCase("_ZN99999999999E")]
    [TestCase("_ZN3abc")]
    public void Any_other_name_stays_as_it_is(string name) => Assert.That(RustSymbol.Demangle(name), Is.EqualTo(name));

    [TestCase("_ZN3$u$E", "$u$")]
    [TestCase("_ZN9$uffffff$E", "$uffffff$")]
    [TestCase("_ZN2$$E", "$$")]
    public void What_only_looks_like_an_escape_is_kept(string mangled, string path) => Assert.That(RustSymbol.Demangle(mangled), Is.EqualTo(path));
}
