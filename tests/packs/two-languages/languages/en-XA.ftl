# Some messages of the pseudo-language; the others are in English.

result-title = Whät fïts ýöü
result-title-of = { result-title }: { $name }
quiz-line = Qüéstïöñ { $number } öf { $count }. { $question }
reason-said = { $said }.
